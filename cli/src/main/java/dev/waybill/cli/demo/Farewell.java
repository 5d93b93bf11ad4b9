package dev.waybill.cli.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * What one would do next: look, ask, adopt.
 *
 * @param waybill the launcher that users call
 * @param home where the README stands
 */
record Farewell(Path waybill, Path home) {
    /** While server, agents and shop run on. */
    List<String> staying(World world) {
        return List.of(
                "",
                "Look   " + world.url() + "  (log in with the admin token " + world.tokenOf("admin") + ")",
                "Ask    WAYBILL_CONFIG_DIR=" + world.desk("release-manager") + " " + waybill + " why production/shop",
                adopt(),
                "",
                "Everything stands in " + world.work + "; Ctrl-C ends and removes it.");
    }

    /** After everything was ended and removed. */
    List<String> gone() {
        return List.of(
                "",
                "Look   " + waybill + " demo  tells it again and leaves the pages up",
                "Ask    " + waybill + " why ENV/APP  tells what runs there, and how anybody knows",
                adopt(),
                "",
                "The demo's files and processes are gone.");
    }

    private String adopt() {
        return "Adopt  " + home.resolve("README.md")
                + "  has it under \"Your own application\": one file, then promote and why";
    }
}
