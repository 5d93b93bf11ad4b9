/**
 * OCI image layouts on disk (image-spec 1.1, image-layout.md): what is written when a repository is exported, and what is read,
 * from whatever tool, before it is imported. Called by the registry's commands; knows no server. Always true: nothing is
 * read through a link or from outside of the directory, and nothing is believed before its length and hash were checked; a
 * file under a blob's name holds that blob's bytes whole, however the writing ended; index.json is written last.
 */
@NullMarked
package dev.waybill.cli.layout;

import org.jspecify.annotations.NullMarked;
