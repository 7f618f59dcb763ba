package io.tillwatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A resource's schema as a custom resource definition has it, read strictly: what it does not name is wrong. */
final class Schema {

    private final JsonNode root;

    Schema(JsonNode openApiSchema) {
        this.root = openApiSchema;
    }

    /** All that is wrong, by path. */
    List<String> problems(JsonNode resource) {
        List<String> problems = new ArrayList<>();
        // Of these a definition says nothing; Kubernetes does.
        for (String field : List.of("spec", "status")) {
            check(field, resource.path(field), root.path("properties").path(field), problems);
        }
        return problems;
    }

    private static void check(String path, JsonNode value, JsonNode schema, List<String> problems) {
        if (value.isMissingNode()
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return;
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            if (!value.isIntegralNumber() && !value.isTextual()) {
                problems.add(path + " is neither a whole number nor a text");
            }
            return;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(path + " is " + value + ", and none of " + schema.path("enum"));
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(path, value, schema, problems);
            case "array" -> {
                if (!value.isArray()) {
                    problems.add(path + " is no list");
                }
                for (int i = 0; i < value.size(); i++) {
                    check(path + "[" + i + "]", value.get(i), schema.path("items"), problems);
                }
            }
            case "string" -> require(value.isTextual(), path, value, "text", problems);
            case "integer" -> require(value.isIntegralNumber(), path, value, "whole number", problems);
            case "number" -> require(value.isNumber(), path, value, "number", problems);
            case "boolean" -> require(value.isBoolean(), path, value, "truth value", problems);
            default -> problems.add(path + " is not known");
        }
    }

    private static void object(String path, JsonNode value, JsonNode schema, List<String> problems) {
        if (!value.isObject()) {
            problems.add(path + " is no section");
            return;
        }
        value.fieldNames().forEachRemaining(name -> {
            JsonNode known = schema.path("properties").path(name);
            check(
                    path + "." + name,
                    value.path(name),
                    known.isMissingNode() ? schema.path("additionalProperties") : known,
                    problems);
        });
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(path + "." + name.asText() + " is missing");
            }
        });
    }

    private static void require(boolean good, String path, JsonNode value, String what, List<String> problems) {
        if (!good) {
            problems.add(path + " is " + value + ", and no " + what);
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
