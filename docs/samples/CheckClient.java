import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the credit check for approval systems, Java 11 and nothing else.
 *
 * <pre>CREDIT_URL=http://127.0.0.1:8000 CREDIT_KEY=… java CheckClient.java 91230102MA1B00017U HC-ZFCG 办件编号 procurement</pre>
 *
 * A real system parses the answer with its own JSON library; here two fields are cut out of it.
 */
public final class CheckClient {
    private static final int TRIES = 3;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final String base;
    private final String key;

    CheckClient(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** The body of the answer; IOException with the platform's own words when it refuses. */
    String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(5))
                .header("X-Api-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        for (int left = TRIES - 1; ; left--) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            boolean later = answer.statusCode() == 429 || answer.statusCode() == 503;
            if (!later || left == 0) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
            Thread.sleep(1000 * answer.headers().firstValueAsLong("Retry-After").orElse(1));
        }
    }

    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    public static void main(String[] given) throws Exception {
        String base = System.getenv().getOrDefault("CREDIT_URL", "http://127.0.0.1:8000");
        CheckClient client = new CheckClient(base, System.getenv().getOrDefault("CREDIT_KEY", ""));
        String body = "{\"code\":" + quoted(given[0]) + ",\"matter\":" + quoted(given[1])
                + ",\"case_number\":" + quoted(given[2]) + ",\"purpose\":" + quoted(given[3]) + "}";
        String answer = client.post("/api/v1/checks/", body);
        String number = field(answer, "receipt");
        // The signed receipt is the last member: three parts with dots between.
        Matcher signed = Pattern.compile("\"receipt\":\"([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)\"").matcher(answer);
        if (signed.find()) {
            Files.writeString(Path.of(number + ".jws"), signed.group(1));
        }
        System.out.println(field(answer, "verdict_label") + " " + field(answer, "verdict_text"));
        System.out.println("回执 " + number + "，有效期至 " + field(answer, "valid_until"));
    }
}
