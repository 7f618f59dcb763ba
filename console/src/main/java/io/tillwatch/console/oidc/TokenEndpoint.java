package io.tillwatch.console.oidc;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.serving.oidc.IssuerHttp;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges grants for tokens. Nothing of either is ever logged. */
final class TokenEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final int SERVER_ERRORS_FROM = 500;

    private final ConsoleSettings.Oidc settings;
    private final IssuerHttp http;

    TokenEndpoint(ConsoleSettings.Oidc settings, IssuerHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * What is given for it; empty if the issuer refuses, or gives what is none.
     *
     * @throws IOException if it does not answer, or not as it should
     */
    Optional<AccessTokenResponse> ask(OIDCProviderMetadata metadata, AuthorizationGrant grant) throws IOException {
        if (metadata.getTokenEndpointURI() == null) {
            throw new IOException("the issuer has no token endpoint");
        }
        HTTPRequest asked = new TokenRequest.Builder(metadata.getTokenEndpointURI(), authentication(metadata), grant)
                .build()
                .toHTTPRequest();
        HttpRequest.Builder request = HttpRequest.newBuilder(asked.getURI())
                .POST(HttpRequest.BodyPublishers.ofString(asked.getBody()))
                .header("Accept", "application/json");
        for (Map.Entry<String, List<String>> header : asked.getHeaderMap().entrySet()) {
            header.getValue().forEach(value -> request.header(header.getKey(), value));
        }
        HttpResponse<byte[]> answer = http.send(request.build());
        if (answer.statusCode() >= SERVER_ERRORS_FROM) {
            throw new IOException("the issuer answers " + answer.statusCode());
        }
        return read(answer);
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        ClientID client = new ClientID(settings.client());
        Secret secret = new Secret(settings.secret());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean inTheForm = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return inTheForm ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    private static Optional<AccessTokenResponse> read(HttpResponse<byte[]> answer) throws IOException {
        try {
            HTTPResponse said = new HTTPResponse(answer.statusCode());
            said.setContentType(answer.headers().firstValue("Content-Type").orElse("application/json"));
            said.setBody(new String(answer.body(), StandardCharsets.UTF_8));
            TokenResponse response = OIDCTokenResponseParser.parse(said);
            if (response.indicatesSuccess()) {
                return Optional.of(response.toSuccessResponse());
            }
            String code = response.toErrorResponse().getErrorObject().getCode();
            LOG.warn(
                    "the issuer gives no token: {}",
                    code != null && code.matches("[a-z_]{1,40}") ? code : answer.statusCode());
            return Optional.empty();
        } catch (ParseException e) {
            // Its message may hold what was given.
            if (answer.statusCode() / 100 == 2) {
                LOG.warn("the issuer gives no token that can be read");
                return Optional.empty();
            }
            throw new IOException("the issuer does not answer as a token endpoint does");
        }
    }
}
