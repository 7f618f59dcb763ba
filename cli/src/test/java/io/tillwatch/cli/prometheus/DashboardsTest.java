package io.tillwatch.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be known of the dashboards without Grafana. */
class DashboardsTest {

    private static final int COLUMNS = 24;
    private static final String DATASOURCE = "${datasource}";

    /** Where a panel is on its dashboard. */
    private record Place(String title, int x, int y, int w, int h) {

        static Place of(JsonNode panel) {
            JsonNode grid = panel.path("gridPos");
            return new Place(
                    panel.path("title").asText(),
                    grid.required("x").asInt(),
                    grid.required("y").asInt(),
                    grid.required("w").asInt(),
                    grid.required("h").asInt());
        }

        boolean overlaps(Place other) {
            return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
        }
    }

    private static boolean isRow(JsonNode panel) {
        return panel.path("type").asText().equals("row");
    }

    @Test
    void areThreeThatCanBeToldApart() {
        Map<String, JsonNode> all = Dashboards.all();
        assertThat(all.values().stream().map(one -> one.path("title").asText()))
                .containsExactly("Tillwatch: detection", "Tillwatch: people", "Tillwatch: remedies");
        assertThat(all.values().stream().map(one -> one.path("uid").asText()))
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("[a-z-]{1,40}"));
    }

    @Test
    void havePanelsThatLieBesideEachOtherWithATitleAndAUnit() {
        Dashboards.all().forEach((file, dashboard) -> {
            List<Place> places = new ArrayList<>();
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                Place place = Place.of(panel);
                String what = file + ": " + place;
                assertThat(ids.add(panel.required("id").asInt()))
                        .as("id of " + what)
                        .isTrue();
                assertThat(place.title()).as(what).isNotBlank();
                assertThat(place.x() >= 0 && place.x() + place.w() <= COLUMNS && place.h() > 0)
                        .as(what)
                        .isTrue();
                assertThat(places).as(what).noneMatch(place::overlaps);
                places.add(place);
                if (!isRow(panel)) {
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                            .as("unit of " + what)
                            .isNotBlank();
                    assertThat(panel.path("targets")).as("queries of " + what).isNotEmpty();
                }
            }
            assertThat(places).as(file).hasSizeGreaterThan(10);
        });
    }

    @Test
    void askTheDataSourceThatIsChosenAboveThem() {
        Dashboards.all().forEach((file, dashboard) -> {
            assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
            assertThat(dashboard.findValues("datasource"))
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.path("uid").asText()).isEqualTo(DATASOURCE));
            for (JsonNode panel : dashboard.path("panels")) {
                List<String> refs = new ArrayList<>();
                panel.path("targets")
                        .forEach(target -> refs.add(target.path("refId").asText()));
                assertThat(refs).as(file + ": " + panel.path("title")).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void nameMetricsThatTheDocumentsKnowOrThatAreFlinksOrTheJvms() {
        Set<String> names = new HashSet<>(Dashboards.metricsOfVariables());
        Dashboards.queries().forEach(query -> names.addAll(query.metrics()));
        assertThat(names).hasSizeGreaterThan(40);
        Set<String> own =
                names.stream().filter(name -> name.contains("tillwatch_")).collect(Collectors.toSet());
        // Suffixes of a histogram stand in one row of the notifier's table.
        Set<String> documented = DocumentedMetrics.everywhere();
        assertThat(own)
                .allMatch(name -> documented.contains(name)
                        || documented.contains(name.replaceFirst("_(count|sum|max)$", "_bucket")));
        names.removeAll(own);
        assertThat(names).allMatch(name -> name.startsWith("flink_") || name.startsWith("jvm_memory_"));
    }

    @Test
    void askWhatPrometheusUnderstands(@TempDir Path directory) throws IOException, InterruptedException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        List<Dashboards.Query> queries = Dashboards.queries();
        assertThat(queries).hasSizeGreaterThan(60);
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - record: query_").append(i).append("\n        expr: >-\n          ");
            rules.append(queries.get(i).asked("5m")).append('\n');
        }
        Files.writeString(directory.resolve("dashboards.rules.yml"), rules);

        Promtool.succeeds(directory, "check", "rules", "dashboards.rules.yml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum by (a) (rate(x_total{b="c_d"}[5m])) * 60              | x_total
            count(max by (scope) (x) == 1) or vector(0)               | x
            histogram_quantile(0.5, sum by (le, a) (rate(x_bucket[1m]))) | x_bucket
            x unless on (a) y_z                                       | x y_z
            """)
    void metricsOfAnExpressionAreKnown(String expression, String metrics) {
        assertThat(Dashboards.namedIn(expression)).containsExactlyInAnyOrder(metrics.split(" "));
    }
}
