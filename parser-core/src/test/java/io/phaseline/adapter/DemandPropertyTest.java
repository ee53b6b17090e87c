package io.phaseline.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.reference.LawSeeds;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DemandPropertyTest {

    @Property(seed = LawSeeds.FIXED, tries = 200)
    void eventsDoNotDependOnDemandNorOnHowTheBytesAreCut(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 9) Integer> demands,
            @ForAll @IntRange(min = 1, max = 400) int bytesPerBuffer,
            @ForAll @IntRange(min = 1, max = 4) int buffersPerItem)
            throws Exception {
        for (String reply : List.of(Replies.DASHSCOPE, Replies.CHAT, Replies.CHAT_CUT, Replies.REFUSED, "")) {
            ByteSource source = ByteSource.of(Replies.items(reply, bytesPerBuffer, buffersPerItem));
            RecordingSubscriber subscriber = RecordingSubscriber.manual();
            StreamEvents.publish(source).subscribe(subscriber);

            long asked = 0;
            for (int turn = 0; !subscriber.end.isDone(); turn++) {
                int demand = demands.get(turn % demands.size());
                asked += demand;
                subscriber.request(demand);
                assertThat((long) subscriber.events.size()).isLessThanOrEqualTo(asked);
            }

            assertThat(subscriber.failure()).isNull();
            assertThat(subscriber.events).isEqualTo(Replies.fedDirectly(reply));
        }
    }
}
