package dev.waybill.core.pipeline;

import dev.waybill.core.json.Place;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a pipeline from top to bottom. An environment is {@code name}, {@code name: {short gates}} or {@code {environment:
 * name, gates: [...]}}; all three may stand in one list.
 */
final class PipelineReader {
    /** Each promotion and each row of the board walks through them all. */
    static final int MOST = 100;

    private final List<EnvironmentName> before = new ArrayList<>();
    private final GateReader gates = new GateReader(before);

    Pipeline read(Place list) {
        List<Place> items = list.items();
        if (items.size() > MOST) {
            throw list.refuse(
                    "a pipeline has at most " + MOST + " environments, and this one has " + items.size() + ".",
                    "Keep those that an artifact really goes through; one environment may have many targets.");
        }
        List<Stage> stages = new ArrayList<>();
        for (Place item : items) {
            Stage stage = stage(item);
            if (before.contains(stage.environment())) {
                throw item.refuse(
                        "the environment " + stage.environment() + " stands in the pipeline twice.",
                        "Leave one of them out.");
            }
            stages.add(stage);
            before.add(stage.environment());
        }
        if (stages.isEmpty()) {
            throw list.refuse("a pipeline has at least one environment.", "Write for example `- production`.");
        }
        return new Pipeline(stages);
    }

    private Stage stage(Place item) {
        if (item.isText()) {
            return new Stage(item.parse(EnvironmentName::new), implicit());
        }
        Map<String, Place> members = item.members();
        if (members.containsKey("gates")) {
            item.only("environment", "gates");
            return new Stage(item.get("environment").parse(EnvironmentName::new), explicit(item.get("gates")));
        }
        if (members.size() != 1) {
            throw item.refuse(
                    "an environment is one name with its gates.",
                    "Write `- NAME`, or `- NAME: {tests: [unit]}`; indent the gates below the name.");
        }
        Place under = members.values().iterator().next();
        EnvironmentName name = environment(members.keySet().iterator().next(), item);
        List<Gate> all = new ArrayList<>(implicit());
        if (!under.node().isNull()) {
            all.addAll(gates.shortForm(under));
        }
        return new Stage(name, all);
    }

    private static EnvironmentName environment(String name, Place item) {
        try {
            return new EnvironmentName(name);
        } catch (ProblemException e) {
            throw item.refuse(e.problem().missing(), e.problem().next());
        }
    }

    /** What cannot be left out: the gates of every policy, and having been in the environment before. */
    private List<Gate> implicit() {
        List<Gate> all = new ArrayList<>(
                List.of(new Gate.Registered(), new Gate.NoVeto(), new Gate.NoHold(), new Gate.ConfigurationContract()));
        if (!before.isEmpty()) {
            all.add(new Gate.Order(before.getLast()));
        }
        return all;
    }

    private List<Gate> explicit(Place list) {
        List<Gate> all = new ArrayList<>(implicit());
        List<String> labels = new ArrayList<>();
        for (Place item : list.items()) {
            Gate gate = gates.fullForm(item);
            if (labels.contains(gate.label())) {
                throw item.refuse("the gate `" + gate.label() + "` stands here twice.", "Leave one of them out.");
            }
            labels.add(gate.label());
            all.add(gate);
        }
        return all;
    }
}
