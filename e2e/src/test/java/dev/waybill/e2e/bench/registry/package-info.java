/**
 * The registry beside others, one after the other in one run: the same client, the same content, the same machine. Always
 * true: content is random and never the same twice; what is printed was measured; nothing here passes or fails.
 */
@NullMarked
package dev.waybill.e2e.bench.registry;

import org.jspecify.annotations.NullMarked;
