/**
 * From jobs to verdicts: who can have produced what runs in each environment, and what follows.
 *
 * <p>Called by the doctor's front door. Always true: a verdict is yes, no or unknown; unknown whenever the deciding
 * step cannot be seen; every yes carries the places that prove it.
 */
@NullMarked
package dev.waybill.doctor.check;

import org.jspecify.annotations.NullMarked;
