package dev.waybill.api.evidence;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.TestResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A test run. With reports the server recounts them; without, the exit code of {@code run} decides. Binding {@code observed} needs {@code target}. */
public record TestRequest(
        ApplicationName application,
        Digest artifact,
        String suite,
        TestResult.Binding binding,
        TestResult.Run run,
        List<ReportRef> reports,
        TestResult.@Nullable Target target) {}
