/**
 * What a thing consists of: a tree of named parts that a format reads out of bytes.
 *
 * <p>The format rooms make forms, {@code walk} compares them; nobody else looks inside. The law of this room: <b>a form
 * says everything its bytes say.</b> Every byte belongs to a part. What looks like mere encoding is a part too (the
 * <i>residue</i>, its value the bytes' own hash), with a rule that allows to drop it. So two forms without any rule applied
 * are equal only if the bytes are, and a difference can only be called harmless by a rule that has a name.
 *
 * <p>A part's {@link dev.waybill.compare.form.Leniency} is computed from one side alone. Applying rules is therefore a
 * function of one artifact, and "equal under these rules" is an equivalence.
 */
@NullMarked
package dev.waybill.compare.form;

import org.jspecify.annotations.NullMarked;
