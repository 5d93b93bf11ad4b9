/** The walls and sizes of the house, checked by machine. */
@NullMarked
package dev.waybill.e2e.house;

import org.jspecify.annotations.NullMarked;
