package dev.waybill.server.tag;

/** Makes the fact that a tag moved (a label statement); the ledger keeps it. */
@FunctionalInterface
public interface TagFacts {
    /** Signs; called outside of any transaction, perhaps more than once for one move. */
    Fact sign(TagMove move);
}
