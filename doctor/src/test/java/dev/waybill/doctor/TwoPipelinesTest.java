package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.doctor.check.Finding;
import dev.waybill.doctor.check.Verdict;
import org.junit.jupiter.api.Test;

/** The two pipelines by which the practice is explained: the wrong one and the right one. */
class TwoPipelinesTest {
    private static final String WRONG = """
            deploy-staging:
              script:
                - npm install
                - npm run build  # Build #1 for staging
                - deploy-to-staging

            deploy-production:
              script:
                - npm install
                - npm run build  # Build #2 for production
                - deploy-to-production
            """;

    private static final String RIGHT = """
            stages:
              - build
              - deploy-staging
              - deploy-production

            build:
              stage: build
              script:
                - npm ci  # Deterministic install from lockfile
                - npm run build
                - docker build -t myapp:$CI_COMMIT_SHA .
                - docker push registry/myapp:$CI_COMMIT_SHA
              artifacts:
                paths:
                  - dist/

            deploy-staging:
              stage: deploy-staging
              script:
                - kubectl set image deployment/myapp app=registry/myapp:$CI_COMMIT_SHA
              environment: staging

            deploy-production:
              stage: deploy-production
              script:
                - kubectl set image deployment/myapp app=registry/myapp:$CI_COMMIT_SHA
              environment: production
              when: manual  # Requires approval
            """;

    @Test
    void the_wrong_one_builds_for_each_environment_and_installs_what_it_finds_at_deploy() {
        Report report = Trees.gitlab(WRONG);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.YES);
        assertThat(report.answer("deploy_installs_dependencies")).isEqualTo(Verdict.YES);
        assertThat(report.answer("nondeterministic_install")).isEqualTo(Verdict.YES);
        assertThat(report.answer("traceable_to_test_run")).isEqualTo(Verdict.NO);
        assertThat(report.findings().getFirst().chains())
                .extracting(Finding.Chain::label)
                .anyMatch(label -> label.startsWith("staging"))
                .anyMatch(label -> label.startsWith("production"));
        assertThat(report.ill()).isTrue();
    }

    @Test
    void the_right_one_builds_once_deploys_the_commits_image_has_a_gate_and_no_test() {
        Report report = Trees.gitlab(RIGHT);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.NO);
        assertThat(report.answer("identical_build_environments")).isEqualTo(Verdict.YES);
        assertThat(report.answer("deploy_installs_dependencies")).isEqualTo(Verdict.NO);
        assertThat(report.answer("deploys_mutable_reference")).isEqualTo(Verdict.NO);
        assertThat(report.answer("production_gate")).isEqualTo(Verdict.YES);
        assertThat(report.answer("nondeterministic_install")).isEqualTo(Verdict.NO);
        assertThat(report.answer("traceable_to_test_run")).isEqualTo(Verdict.NO);
        assertThat(report.findings()).extracting(Finding::rule).contains("WB501");
    }
}
