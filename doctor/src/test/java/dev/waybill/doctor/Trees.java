package dev.waybill.doctor;

import dev.waybill.doctor.source.MemorySourceTree;
import java.util.Map;

/** Repositories in a string. */
final class Trees {
    private Trees() {}

    static Report gitlab(String yaml) {
        return Doctor.examine(new MemorySourceTree(Map.of(".gitlab-ci.yml", yaml)));
    }

    static Report github(String yaml) {
        return Doctor.examine(new MemorySourceTree(Map.of(".github/workflows/deliver.yml", yaml)));
    }
}
