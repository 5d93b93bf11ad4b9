package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One file that proves what runs in production, checked without the server, and refused once it is altered. */
final class Proof implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("Proof");
        Path file = world.work.resolve("proof.json");
        world.shell
                .briefly(world.as("release-manager"), "[0-9]+ of", "why", "production/shop", "--proof", "proof.json")
                .mustSucceed();
        narrator.say("An auditor checks it without any server, with the keys that were pinned at login.");
        Map<String, String> offline = new HashMap<>(world.as("release-manager").environment());
        offline.put("WAYBILL_TOKEN", "none");
        Shell.Setting auditor = new Shell.Setting("auditor", world.work, offline, null);
        // Of the statements those about production; the way through staging is in the file too.
        world.shell
                .briefly(auditor, "(?!.*(pipeline|configuration|staging))", "verify", "proof.json")
                .mustSucceed();

        Path altered = world.work.resolve("altered-proof.json");
        String text = Files.readString(file);
        int at = text.indexOf("\"payload\":\"") + 60;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        Files.write(altered, (text.substring(0, at) + other + text.substring(at + 1)).getBytes(StandardCharsets.UTF_8));
        Ran refused = world.shell.waybill(auditor, "verify", "altered-proof.json");
        if (refused.exit() != 1) {
            throw new DemoFailed("An altered proof should have been refused:\n" + refused.text());
        }
        world.shell.waybill(world.as("admin"), "ledger", "verify").mustSucceed();
    }
}
