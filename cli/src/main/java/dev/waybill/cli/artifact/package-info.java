/**
 * Commands about artifacts: register, pull, tag, trace, diff. They resolve a reference once and print the digest that it
 * means. Always true: files appear under their final name only after length and hash were checked.
 */
@NullMarked
package dev.waybill.cli.artifact;

import org.jspecify.annotations.NullMarked;
