/**
 * The zip family: jar, war, ear, apk, nupkg, whl, epub, docx and whatever else is a zip (PKWARE APPNOTE 6.3.10).
 *
 * <p>Reads central directory and every local header, and gives each byte of the file to a part: bytes before the first
 * header, headers, extra fields, compressed data, descriptors, gaps, directory, comment, bytes after the end. Always true:
 * an archive whose entries overlap, whose two headers disagree or whose data does not have the promised length and CRC is
 * never taken for another one; a directory and a local header that say different things give a finding of their own.
 */
@NullMarked
package dev.waybill.compare.zip;

import org.jspecify.annotations.NullMarked;
