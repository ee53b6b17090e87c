package io.phaseline.netty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ways in which other people's programs ask for a stream. */
enum Clients {
    JDK_HTTP_1_1 {
        @Override
        byte[] body(URI uri) throws Exception {
            return jdk(HttpClient.Version.HTTP_1_1, uri);
        }
    },
    /** Asks by {@code Upgrade: h2c} at first. */
    JDK_HTTP_2 {
        @Override
        byte[] body(URI uri) throws Exception {
            return jdk(HttpClient.Version.HTTP_2, uri);
        }
    },
    CURL_HTTP_1_1 {
        @Override
        byte[] body(URI uri) throws Exception {
            return curl("--http1.1", uri);
        }
    },
    CURL_HTTP_1_0 {
        @Override
        byte[] body(URI uri) throws Exception {
            return curl("--http1.0", uri);
        }
    },
    CURL_HTTP_2_UPGRADE {
        @Override
        byte[] body(URI uri) throws Exception {
            return curl("--http2", uri);
        }
    },
    CURL_HTTP_2_PRIOR_KNOWLEDGE {
        @Override
        byte[] body(URI uri) throws Exception {
            return curl("--http2-prior-knowledge", uri);
        }
    };

    static final String BODY = "{\"model\":\"m\",\"stream\":true,\"input\":{\"messages\":[]}}";

    /** The body of the answer. */
    abstract byte[] body(URI uri) throws Exception;

    static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("X-DashScope-SSE", "enable")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
    }

    private static byte[] jdk(HttpClient.Version version, URI uri) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpResponse<byte[]> response = client.send(request(uri), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        return response.body();
    }

    private static byte[] curl(String version, URI uri) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-N", "--fail", "--max-time", "30", version));
        command.addAll(List.of("-H", "X-DashScope-SSE: enable", "-H", "Content-Type: application/json"));
        command.addAll(List.of("-d", BODY, uri.toString()));
        Process curl;
        try {
            curl = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "curl is not installed: " + e.getMessage());
            throw e;
        }
        byte[] body = curl.getInputStream().readAllBytes();
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).isZero();
        return body;
    }
}
