/** Measurements that are run by hand and printed with the machine they ran on; none of them is a test. */
@NullMarked
package dev.waybill.e2e.bench;

import org.jspecify.annotations.NullMarked;
