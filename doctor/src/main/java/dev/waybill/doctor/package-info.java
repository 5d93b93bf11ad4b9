/**
 * Reads delivery pipelines and says whether each environment gets a build of its own.
 *
 * <p>{@link dev.waybill.doctor.Doctor} is the way in: a tree of files in, a {@link dev.waybill.doctor.Report} out: three
 * answers first, then findings with both chains. Called by the command line. Always true: nothing is run or fetched;
 * the same tree gives the same report; no file, however broken, makes it fail.
 */
@NullMarked
package dev.waybill.doctor;

import org.jspecify.annotations.NullMarked;
