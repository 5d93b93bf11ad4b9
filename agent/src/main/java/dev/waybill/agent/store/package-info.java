/**
 * What the agent keeps on disk: files that are whole or absent, and artifacts' bytes by digest. Used by every room of the
 * agent; knows none of them. Always true: a write that returned survives loss of power, a name in the content store tells
 * the truth about its bytes at the moment they were written, and readers hash again before they rely on it.
 */
@NullMarked
package dev.waybill.agent.store;

import org.jspecify.annotations.NullMarked;
