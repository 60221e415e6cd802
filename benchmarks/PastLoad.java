import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record's age costs: the same requests to a customer with 10 versions and to one with many, in turn, by one client.
 *
 * <p>Arguments: base address, versions of the old record, rounds to measure. Prints a table of medians in milliseconds.
 */
public final class PastLoad {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int YOUNG = 10;

    private static String base = "";
    private static String token = "";

    /** A customer and the version it is at. */
    private static final class Customer {
        final String path;
        int version = 1;

        Customer(int versions) throws Exception {
            String created = send("POST", "/api/customers", "{\"name\":\"Past\",\"email\":\"a@example.com\"}", null, 201);
            path = "/api/customers/" + member(created, "id");
            while (version < versions) {
                update();
            }
        }

        void update() throws Exception {
            send("PATCH", path, "{\"phone\":\"" + version + "\"}", "\"" + version + "\"", 200);
            version++;
        }

        void conflict(int behind) throws Exception {
            send("PATCH", path, "{\"phone\":\"late\"}", "\"" + (version - behind) + "\"", 409);
        }

        String read(String question) throws Exception {
            return send("GET", path + question, null, null, 200);
        }
    }

    private interface Request {
        void send(Customer customer) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        base = arguments[0];
        int many = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        token = member(
                send("POST", "/dev/token", "{\"sub\":\"past\",\"factoryId\":\"past\"}", null, 200), "access_token");
        Customer old = new Customer(many);
        Customer young = new Customer(YOUNG);
        String oldTime = member(old.read("?version=" + (many / 2 + 9)), "updatedAt");
        String youngTime = member(young.read("?version=9"), "updatedAt");

        Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("conflict, base 9 behind", customer -> customer.conflict(9));
        requests.put("history, newest 10", customer -> customer.read("/history?limit=10"));
        requests.put(
                "version 9, or 9 after a snapshot",
                customer -> customer.read("?version=" + (customer == old ? many / 2 + 9 : 9)));
        requests.put("the same by its time", customer -> customer.read("?at=" + (customer == old ? oldTime : youngTime)));
        requests.put(
                "difference of two such",
                customer -> customer.read(customer == old ? "/diff?from=9&to=" + (many / 2 + 9) : "/diff?from=8&to=9"));
        requests.put("blame", customer -> customer.read("/blame"));

        System.out.printf("| | at %,d versions, ms | at %,d, ms | ratio |%n| --- | --- | --- | --- |%n", YOUNG, many);
        updates(old, rounds);
        for (Map.Entry<String, Request> request : requests.entrySet()) {
            int measured = request.getKey().equals("blame") ? rounds / 10 : rounds;
            long[] ofYoung = new long[measured];
            long[] ofOld = new long[measured];
            for (int round = -measured / 2; round < measured; round++) {
                long start = System.nanoTime();
                request.getValue().send(young);
                long middle = System.nanoTime();
                request.getValue().send(old);
                if (round >= 0) {
                    ofYoung[round] = middle - start;
                    ofOld[round] = System.nanoTime() - middle;
                }
            }
            print(request.getKey(), ofYoung, ofOld);
        }
    }

    /** An update makes a record older, so each measured one is of another young record. */
    private static void updates(Customer old, int rounds) throws Exception {
        long[] ofYoung = new long[rounds];
        long[] ofOld = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            Customer fresh = new Customer(YOUNG);
            long start = System.nanoTime();
            fresh.update();
            long middle = System.nanoTime();
            old.update();
            ofYoung[round] = middle - start;
            ofOld[round] = System.nanoTime() - middle;
        }
        print("update", ofYoung, ofOld);
    }

    private static void print(String what, long[] ofYoung, long[] ofOld) {
        Arrays.sort(ofYoung);
        Arrays.sort(ofOld);
        double young = ofYoung[ofYoung.length / 2] / 1e6;
        double old = ofOld[ofOld.length / 2] / 1e6;
        System.out.printf("| %s | %.2f | %.2f | %.2f |%n", what, young, old, old / young);
    }

    private static String send(String method, String path, String body, String version, int expected) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (version != null) {
            request.header("If-Match", version);
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }
}
