package io.tillwatch.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import okhttp3.Headers;

/** What the provider says by itself, and what it was asked. It takes a code once only, as providers must. */
final class Answers implements Route {

    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final Set<String> codes = new HashSet<>();
    private volatile String lastTokenForm = "";
    private volatile boolean refusesToRefresh;

    void refuseToRefresh(boolean refuse) {
        refusesToRefresh = refuse;
    }

    int asked(String path) {
        return (int) addresses.stream()
                .filter(address -> address.replaceFirst("\\?.*", "").endsWith("/" + path))
                .count();
    }

    List<String> addresses() {
        return List.copyOf(addresses);
    }

    String lastTokenForm() {
        return lastTokenForm;
    }

    /** Looks at every request, and answers those to be refused. */
    @Override
    public boolean match(OAuth2HttpRequest request) {
        addresses.add(request.getMethod() + " " + request.getUrl());
        if (!request.getMethod().equals("POST")
                || !request.getUrl().encodedPath().endsWith("/token")) {
            return false;
        }
        lastTokenForm = request.getBody();
        return refusesToRefresh && value("grant_type").equals("refresh_token") || isUsed(value("code"));
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
        return new OAuth2HttpResponse(
                Headers.of("Content-Type", "application/json"), 400, "{\"error\": \"invalid_grant\"}", null);
    }

    private synchronized boolean isUsed(String code) {
        return !code.isEmpty() && !codes.add(code);
    }

    private String value(String name) {
        for (String field : lastTokenForm.split("&")) {
            if (field.startsWith(name + "=")) {
                return URLDecoder.decode(field.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
