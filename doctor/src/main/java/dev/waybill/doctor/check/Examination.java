package dev.waybill.doctor.check;

import dev.waybill.doctor.model.Repository;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All checks over one repository. */
public final class Examination {
    private final Map<String, Verdict> answers = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    public Examination(Repository repository) {
        Lineage lineage = new Lineage(repository);
        Rebuilds rebuilds = new Rebuilds(lineage);
        Installs installs = new Installs(lineage);
        DeployedReferences references = new DeployedReferences(lineage);
        Gates gates = new Gates(lineage);
        Verdict rebuild = rebuilds.verdict();
        Verdict moving = references.verdict();
        Traces traces = new Traces(lineage, rebuild, moving);
        answers.put("rebuild_per_environment", rebuild);
        answers.put("identical_build_environments", new Builders(lineage, rebuild).verdict());
        answers.put("traceable_to_test_run", traces.verdict());
        answers.put("deploy_installs_dependencies", installs.atDeploy());
        answers.put("deploys_mutable_reference", moving);
        answers.put("production_gate", gates.verdict());
        answers.put("nondeterministic_install", installs.nondeterministic());
        findings.addAll(rebuilds.findings());
        findings.addAll(installs.findings());
        findings.addAll(references.findings());
        findings.addAll(traces.findings());
        findings.addAll(gates.findings());
        findings.addAll(Visibility.findings(lineage));
        findings.sort(Comparator.comparing(Finding::level)
                .thenComparing(Finding::rule)
                .thenComparing(Examination::first));
    }

    private static Place first(Finding finding) {
        return finding.chains().isEmpty()
                        || finding.chains().getFirst().places().isEmpty()
                ? new Place("", 0)
                : finding.chains().getFirst().places().getLast();
    }

    public Map<String, Verdict> answers() {
        return answers;
    }

    public List<Finding> findings() {
        return findings;
    }
}
