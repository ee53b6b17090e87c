package io.phaseline.benchmarks.contender;

import com.launchdarkly.eventsource.EventParserDoor;
import com.launchdarkly.eventsource.StreamException;
import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;

/** LaunchDarkly's parser, one per body as it is one per connection. */
final class LaunchDarklyFraming implements Framing {
    @Override
    public void read(Cuts body, JsonStage stage) throws IOException {
        EventParserDoor parser = new EventParserDoor(new CutStream(body));
        try {
            for (String data = parser.nextData(); data != null; data = parser.nextData()) {
                stage.payload(data);
            }
        } catch (StreamException broken) {
            throw new IOException(broken);
        }
    }
}
