package dev.waybill.server.registry;

/** What rooms above and the ledger have to say; the composition root supplies it. */
public record Hooks(TagRules rules, TagFacts facts, CommitTags commits, Keeps keeps, PullRules pulls) {}
