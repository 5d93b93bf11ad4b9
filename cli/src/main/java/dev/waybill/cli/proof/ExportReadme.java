package dev.waybill.cli.proof;

import dev.waybill.core.note.Checkpoint;

/** What an export says to whoever opens it. */
final class ExportReadme {
    private ExportReadme() {}

    static String of(String origin, Checkpoint checkpoint) {
        return TEXT.replace("ORIGIN", origin)
                .replace("SIZE", Long.toString(checkpoint.size()))
                .replace("ROOT", checkpoint.root().toString());
    }

    private static final String TEXT = """
            # The ledger ORIGIN

            SIZE entries; root ROOT

            Every fact is a signed in-toto statement in a transparency log (C2SP tlog-tiles). These files are checked with
            other people's programs, from within this directory and without a network.

            First compare `trust/` with keys that you have from elsewhere: keys that come only with what they shall prove
            prove nothing.

            ## The whole log: fsck of tessera

                go install github.com/transparency-dev/tessera/cmd/fsck@v1.0.4
                fsck --storage_url=file://$PWD/ --public_key=trust/log.vkey -N=64 --ui=false

            Only this line is a yes, and with these very numbers:

                Successfully fsck'd log with size SIZE and root ROOT

            The exit code says nothing: version 1.0.4 ends with 0 whatever it finds. With its default of one worker it can
            wait for ever at the first difference; hence -N=64.

            ## One statement: cosign

                cosign verify-blob-attestation --key trust/ingest.pub --trusted-root trust/trusted_root.json \\
                  --type https://slsa.dev/provenance/v1 --bundle statements/ID.sigstore.json --digest HEX --digestAlg sha256

            `Verified OK` means: signed by that key, about the artifact whose sha256 is HEX, and in this log. The key is that of
            the role which says such things: ingest for provenance, tests and documents, verdict for verification summaries,
            record for the rest. What agents sign (deployments, observations) has keys of their own, which stand in
            trust/trust.json. ID is the sha256 of the statement's payload.

            ## What is here

                checkpoint      the signed note, as it was published
                tile/           hash tiles and entry bundles that make its root
                statements/     each statement as a sigstore bundle, with its inclusion proof
                trust/          log.vkey, trusted_root.json (sigstore's form), trust.json (ours), ingest.pub, verdict.pub, record.pub

            It proves what was said, by which key, and that nothing was taken out or changed since. It does not prove that what
            was said is true.
            """;
}
