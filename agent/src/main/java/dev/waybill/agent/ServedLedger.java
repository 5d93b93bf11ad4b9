package dev.waybill.agent;

import dev.waybill.agent.verify.Witness;
import dev.waybill.api.client.LedgerCalls;

/** The ledger as the server publishes it. */
record ServedLedger(LedgerCalls calls) implements Witness.Source {
    @Override
    public byte[] checkpoint() {
        return calls.checkpoint();
    }

    @Override
    public byte[] tile(String path) {
        return calls.tile(path);
    }
}
