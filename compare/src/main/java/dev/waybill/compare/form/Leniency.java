package dev.waybill.compare.form;

import dev.waybill.compare.verdict.Rule;

/**
 * What a part becomes when its rule is applied.
 *
 * @param rule at most {@code toolchain} when it shall make two artifacts the same software
 * @param normal computed from this side alone; {@link Value#ABSENT} drops the part
 */
public record Leniency(Rule rule, Value normal) {}
