/**
 * Class files in a form without constant pool indexes (JVMS 25, chapter 4; read with {@code java.lang.classfile}).
 *
 * <p>Always true: only rules that hold for every program are applied. What the virtual machine or reflection can see is a
 * part that counts: code, flags, signatures, annotations, nest mates, names of parameters. What only the encoding, debuggers
 * or the verifier see is a part that a toolchain rule may drop. An attribute that is not known here counts, byte for byte.
 */
@NullMarked
package dev.waybill.compare.clazz;

import org.jspecify.annotations.NullMarked;
