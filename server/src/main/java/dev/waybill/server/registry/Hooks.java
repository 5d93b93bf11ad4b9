package dev.waybill.server.registry;

import dev.waybill.server.tag.CommitTags;
import dev.waybill.server.tag.TagFacts;
import dev.waybill.server.tag.TagRules;

/** What rooms above and the ledger have to say; the composition root supplies it. */
public record Hooks(TagRules rules, TagFacts facts, CommitTags commits, Keeps keeps, PullRules pulls) {}
