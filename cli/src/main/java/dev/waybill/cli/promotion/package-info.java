/**
 * Commands that move an artifact towards production or stop it: pipeline, configuration, promote, decide, marks, roll back.
 * Called by people and CI jobs. Always true: the server decides; what is printed here is its answer, and a refusal is exit
 * code 1 even where the request itself was fine.
 */
@NullMarked
package dev.waybill.cli.promotion;

import org.jspecify.annotations.NullMarked;
