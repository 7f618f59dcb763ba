package io.tillwatch.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tillwatch.bench.contender.ContenderName;
import io.tillwatch.bench.contender.Measured;
import io.tillwatch.bench.contender.Pass;
import io.tillwatch.bench.contender.Tally;
import io.tillwatch.bench.workload.Detection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.OptionalDouble;

/** A report as one line of JSON, with every pass. */
public final class JsonReport {

    private JsonReport() {}

    public static String of(Report report) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("machine");
            json.writeNumberField("cores", report.machine().cores());
            json.writeNumberField("memoryMegabytes", report.machine().memoryMegabytes());
            json.writeStringField("system", report.machine().system());
            json.writeStringField("jdk", report.machine().jdk());
            json.writeEndObject();
            json.writeNumberField("seed", report.plan().seed());
            json.writeNumberField("payments", report.plan().payments());
            json.writeNumberField("days", report.plan().days());
            json.writeNumberField("records", report.records());
            json.writeNumberField("truths", report.truths());
            json.writeNumberField("heapMegabytes", report.heapMegabytes());
            json.writeNumberField("parallelism", report.parallelism());
            json.writeArrayFieldStart("contenders");
            for (Measured result : report.results()) {
                contender(json, report, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void contender(JsonGenerator json, Report report, Measured result) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", result.name().toString());
        if (result.last().isPresent()) {
            Pass last = result.last().get();
            ratio(json, "timesFloor", report.timesOf(ContenderName.FLOOR, last));
            ratio(json, "timesFloorWithState", report.timesOf(Report.floorWithState(result.name()), last));
        }
        json.writeArrayFieldStart("passes");
        for (Pass pass : result.passes()) {
            json.writeStartObject();
            json.writeNumberField("microsPerEvent", rounded(report.microsPerEvent(pass)));
            json.writeNumberField("eventsPerSecond", Math.round(report.eventsPerSecond(pass)));
            json.writeNumberField("wallMillis", pass.wallMillis());
            json.writeNumberField("cpuMillis", pass.cpuMillis());
            json.writeNumberField("residentPeakMegabytes", pass.residentPeakMegabytes());
            json.writeNumberField("heapPeakMegabytes", pass.heapPeakMegabytes());
            tally(json, "missed", pass.missed());
            tally(json, "spurious", pass.spurious());
            json.writeNumberField("others", pass.others());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (result.failure().isPresent()) {
            json.writeStringField("failure", result.failure().get());
        }
        json.writeEndObject();
    }

    private static void tally(JsonGenerator json, String name, Tally tally) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<Detection, Integer> entry : tally.counts().entrySet()) {
            json.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void ratio(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, rounded(value.getAsDouble()));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
