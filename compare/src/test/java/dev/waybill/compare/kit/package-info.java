/** What the tests of all rooms write their inputs with. */
@NullMarked
package dev.waybill.compare.kit;

import org.jspecify.annotations.NullMarked;
