package dev.waybill.cli.doctor;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.problem.Problem;
import dev.waybill.doctor.Doctor;
import dev.waybill.doctor.Report;
import dev.waybill.doctor.check.Verdict;
import dev.waybill.doctor.source.FileSourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill doctor}. */
@Command(
        name = "doctor",
        description =
                "Find the delivery pipelines that build again for every environment. Reads files only; needs no server.")
@SuppressWarnings("NullAway.Init")
public final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Repositories (default: this directory).")
    private List<Path> directories = new ArrayList<>();

    @Option(names = "--fail-unknown", description = "Exit 1 also where the files do not decide question 1.")
    private boolean failUnknown;

    public DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> asked = directories.isEmpty() ? List.of(Path.of("")) : directories;
        List<DoctorView> views = new ArrayList<>();
        boolean ill = false;
        boolean unknown = false;
        for (Path directory : asked) {
            Report report = Doctor.examine(tree(directory));
            ill |= report.ill();
            unknown |= report.answer("rebuild_per_environment") == Verdict.UNKNOWN;
            views.add(DoctorView.of(directory.toString().isEmpty() ? "." : directory.toString(), report));
        }
        Object answer = views.size() == 1 ? views.getFirst() : new DoctorView.Several(DoctorView.ranked(views));
        session.answer(answer, () -> new DoctorText(session.style()).of(views));
        session.closing(closing(ill, unknown), null);
        return ill || (unknown && failUnknown) ? Exit.REFUSED : Exit.DONE;
    }

    private FileSourceTree tree(Path directory) throws IOException {
        Path path = session.path(directory);
        if (!Files.isDirectory(path)) {
            throw new Problem.Malformed(
                            "NO_SUCH_DIRECTORY",
                            "Reading the repository in " + directory,
                            "there is no such directory.",
                            "Name the directory of a checked-out repository.")
                    .exception();
        }
        return new FileSourceTree(path);
    }

    private static String closing(boolean ill, boolean unknown) {
        if (ill) {
            return "Something breaks the way from one build to production.";
        }
        return unknown ? "The files do not decide it." : "Nothing breaks the way from one build to production.";
    }
}
