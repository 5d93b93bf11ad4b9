package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.doctor.check.Finding;
import dev.waybill.doctor.check.Verdict;
import dev.waybill.doctor.source.MemorySourceTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small pipelines, one trait each. */
class OwnCasesTest {
    @Test
    void a_matrix_over_environments_that_builds_is_a_rebuild() {
        Report report = Trees.github("""
                on: {push: {branches: [main]}}
                jobs:
                  ship:
                    runs-on: ubuntu-24.04
                    strategy: {matrix: {environment: [staging, production]}}
                    environment: ${{ matrix.environment }}
                    steps:
                      - run: |
                          npm ci
                          npm run build
                          aws s3 sync dist s3://site-${{ matrix.environment }}
                """);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.YES);
        assertThat(report.findings()).extracting(Finding::rule).contains("WB102", "WB201", "WB203");
    }

    @Test
    void a_matrix_that_only_deploys_what_one_job_built_is_none() {
        Report report = Trees.github("""
                on: {push: {branches: [main]}}
                jobs:
                  build:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: mvn -q verify
                      - run: docker build -t app:${{ github.sha }} . && docker push app:${{ github.sha }}
                  ship:
                    needs: build
                    runs-on: ubuntu-24.04
                    strategy: {matrix: {environment: [staging, production]}}
                    environment: ${{ matrix.environment }}
                    steps:
                      - run: helm upgrade app ./chart --set image.tag=${{ github.sha }}
                """);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.NO);
        assertThat(report.answer("identical_build_environments")).isEqualTo(Verdict.YES);
        assertThat(report.answer("deploys_mutable_reference")).isEqualTo(Verdict.NO);
    }

    @Test
    void a_branch_for_each_environment_that_builds_is_a_rebuild() {
        Report report = Trees.gitlab("""
                stages: [build, deploy]
                build:
                  stage: build
                  script: [docker build -t app:$CI_COMMIT_SHA ., docker push app:$CI_COMMIT_SHA]
                staging:
                  stage: deploy
                  environment: staging
                  rules: [{if: $CI_COMMIT_BRANCH == "develop"}]
                  script: [kubectl set image deployment/app app=app:$CI_COMMIT_SHA]
                production:
                  stage: deploy
                  environment: production
                  rules: [{if: $CI_COMMIT_BRANCH == "main"}]
                  script: [kubectl set image deployment/app app=app:$CI_COMMIT_SHA]
                """);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.YES);
        assertThat(report.findings()).extracting(Finding::rule).contains("WB104");
    }

    @Test
    void a_build_that_is_skipped_when_the_commits_image_exists_is_one_build() {
        Report report = Trees.gitlab("""
                stages: [build, deploy]
                build:
                  stage: build
                  script:
                    - |
                      if ! docker manifest inspect app:$CI_COMMIT_SHA; then
                        docker build -t app:$CI_COMMIT_SHA .
                        docker push app:$CI_COMMIT_SHA
                      fi
                staging:
                  stage: deploy
                  environment: staging
                  rules: [{if: $CI_COMMIT_BRANCH == "main"}]
                  script: [kubectl set image deployment/app app=app:$CI_COMMIT_SHA]
                production:
                  stage: deploy
                  environment: production
                  rules: [{if: $CI_COMMIT_TAG}]
                  script: [kubectl set image deployment/app app=app:$CI_COMMIT_SHA]
                """);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.NO);
    }

    @Test
    void a_deployment_in_a_workflow_elsewhere_is_unknown() {
        Report report = Trees.github("""
                on: {push: {branches: [main]}}
                jobs:
                  staging:
                    uses: org/shared/.github/workflows/deploy.yml@v1
                    with: {environment: staging}
                  production:
                    needs: staging
                    uses: org/shared/.github/workflows/deploy.yml@v1
                    with: {environment: production}
                """);

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.answer("deploys_mutable_reference")).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.findings()).extracting(Finding::rule).contains("WB601");
        assertThat(report.ill()).isFalse();
    }

    @Test
    void a_called_workflow_that_builds_for_each_call_is_a_rebuild_with_both_chains() {
        Report report = Doctor.examine(
                new MemorySourceTree(Map.of(".github/workflows/cd.yml", """
                on: push
                jobs:
                  staging:
                    uses: ./.github/workflows/ship.yml
                    with: {target: staging}
                  production:
                    needs: staging
                    uses: ./.github/workflows/ship.yml
                    with: {target: production}
                """, ".github/workflows/ship.yml", """
                on: {workflow_call: {inputs: {target: {type: string}}}}
                jobs:
                  ship:
                    environment: ${{ inputs.target }}
                    steps:
                      - run: make image
                      - run: ./gradlew build && scp build/app.jar host-${{ inputs.target }}:/srv
                """)));

        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.YES);
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals("WB103"))
                .first()
                .satisfies(finding -> assertThat(finding.chains()).hasSize(2));
    }

    @Test
    void latest_is_a_moving_name_and_a_secret_is_never_printed() {
        Report report = Trees.gitlab("""
                production:
                  environment: production
                  variables: {API_TOKEN: s3cr3t-value}
                  script: [helm upgrade app ./chart --set image.tag=latest]
                """);

        assertThat(report.answer("deploys_mutable_reference")).isEqualTo(Verdict.YES);
        assertThat(report.toString()).doesNotContain("s3cr3t-value");
    }
}
