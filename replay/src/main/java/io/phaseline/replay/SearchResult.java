package io.phaseline.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page that a search found.
 *
 * @param title its title, may be empty
 * @param url where it is, may be empty
 */
record SearchResult(String title, String url) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads the {@code search_results} of a {@code search_info} object; anything unexpected is passed over. */
    static List<SearchResult> listOf(String searchInfo) {
        List<SearchResult> results = new ArrayList<>();
        try (JsonParser json = JSON.createParser(searchInfo)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return results;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("search_results");
                if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        readInto(results, json);
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            // What could be read is shown.
        }
        return results;
    }

    private static void readInto(List<SearchResult> results, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String title = "";
        String url = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                title = name.equals("title") ? json.getText() : title;
                url = name.equals("url") ? json.getText() : url;
            } else {
                json.skipChildren();
            }
        }
        results.add(new SearchResult(title, url));
    }
}
