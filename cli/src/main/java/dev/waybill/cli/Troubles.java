package dev.waybill.cli;

import dev.waybill.cli.terminal.Style;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Prints whatever stopped a command, in the same four parts, and knows its exit code. */
final class Troubles {
    private final Session session;
    private final Meant meant;

    Troubles(Session session, Meant meant) {
        this.session = session;
        this.meant = meant;
    }

    int print(Problem problem) {
        int exit = Exit.of(problem);
        if (session.json()) {
            session.terminal()
                    .err()
                    .println(Json.pretty(Map.of(
                            "code", problem.code(),
                            "tried", problem.tried(),
                            "missing", problem.missing(),
                            "next", problem.next(),
                            "exit", exit)));
        } else {
            Style style = session.terminal().errStyle();
            session.terminal()
                    .err()
                    .print(style.bad(problem.tried()) + "\n"
                            + "  missing  " + indent(problem.missing()) + "\n"
                            + "  next     " + indent(problem.next()) + "\n"
                            + "  code     " + problem.code() + "\n");
        }
        session.terminal().err().flush();
        return exit;
    }

    int print(Exception e, CommandLine command) {
        String tried = "Running `" + command.getCommandSpec().qualifiedName() + "`";
        return switch (e) {
            case ProblemException p -> print(meant.with(p.problem()));
            case UncheckedIOException u when u.getCause() != null -> print(u.getCause(), command);
            case NoSuchFileException n ->
                print(new Problem.Malformed(
                        "FILE_UNKNOWN", tried, "there is no " + shown(n.getFile()) + ".", "Check the path."));
            case AccessDeniedException a ->
                print(new Problem.Malformed(
                        "FILE_DENIED",
                        tried,
                        shown(a.getFile()) + " may not be read or written by this user.",
                        "Check its owner and mode."));
            case IOException i ->
                print(new Problem.Unavailable(
                        "INPUT_OUTPUT",
                        tried,
                        "reading or writing failed (" + i.getMessage() + ").",
                        "Check the disk and the path, then try again."));
            default -> print(defect(tried, e));
        };
    }

    private Problem defect(String tried, Exception e) {
        if (session.environment().containsKey("WAYBILL_TRACE")) {
            e.printStackTrace(session.terminal().err());
        }
        return new Problem.Unavailable(
                "DEFECT",
                tried,
                "Waybill itself failed (" + e + ").",
                "Set WAYBILL_TRACE=1, try again and report what it prints.");
    }

    private String shown(String file) {
        return session.shown(Path.of(file));
    }

    private static String indent(String text) {
        return text.strip().replace("\n", "\n           ");
    }
}
