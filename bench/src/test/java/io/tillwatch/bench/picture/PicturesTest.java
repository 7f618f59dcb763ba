package io.tillwatch.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PicturesTest {

    @Test
    void drawsABarForEachContenderThatCameToAnEnd() throws Exception {
        Document svg = parsed(Pictures.run(json("""
                {"machine":{"cores":2,"system":"Linux","jdk":"17"},"payments":5,"records":15,"contenders":[
                  {"name":"floor","passes":[{"microsPerEvent":9.0},{"microsPerEvent":1.25}]},
                  {"name":"tillwatch","passes":[{"microsPerEvent":3.5}]},
                  {"name":"flink-sql","passes":[],"failure":"exit code 1"}]}""")));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("floor", "1.25", "tillwatch", "3.50")
                .doesNotContain("9.00", "flink-sql");
    }

    @Test
    void drawsACurveForEachStateAndParallelism() throws Exception {
        Document svg = parsed(Pictures.growth(json("""
                {"machine":"here & now","growth":[
                  {"state":"heap","parallelism":1,"open":1000000,"microsPerEvent":4,"checkpointBytes":9e8,"firstAlertMillis":9000},
                  {"state":"heap","parallelism":1,"open":100000,"microsPerEvent":3,"checkpointBytes":9e7,"firstAlertMillis":5000},
                  {"state":"rocksdb","parallelism":2,"open":100000,"microsPerEvent":9,"checkpointBytes":9e7,"firstAlertMillis":6000}]}""")));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("heap, parallelism 1", "rocksdb, parallelism 2", "1 M", "here & now");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(9);
    }

    @Test
    void drawsARowForRecordsAndOneForDeadlines() throws Exception {
        Document svg = parsed(Pictures.latency(json("""
                {"latency":[{"state":"heap","recordsPerSecond":2000,"windows":[{"when":"all",
                  "atOnceMillis":{"p50":12,"p99":20,"p999":30,"max":34},
                  "deadlineMillis":{"p50":80,"p99":150,"p999":190,"max":200}}]}]}""")));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("heap, 2,000/s: record", "heap, 2,000/s: deadline");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
