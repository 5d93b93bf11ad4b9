package dev.waybill.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** One line per event on standard error; libraries speak only when something is wrong. */
final class Logging {
    private static final String SETTINGS = """
            handlers = java.util.logging.ConsoleHandler
            .level = INFO
            org.flywaydb.level = WARNING
            org.eclipse.jetty.level = WARNING
            io.javalin.level = WARNING
            com.zaxxer.hikari.level = WARNING
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tLZ %4$s %5$s%6$s%n
            """;

    private Logging() {}

    /** Leaves alone what an operator configured by the JDK's own property. */
    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("The built-in logging settings are readable", e);
        }
    }
}
