package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Layout LAYOUT = new Layout("/shop/cabstand/", "shop");
    private static final String HOSTILE = "</pre><script>alert('x')</script>\"onfocus=\"";

    private static String overview(List<View> pools) {
        return new OverviewPage(LAYOUT, pools).html().toString();
    }

    private static String page(View view, List<Setting> settings, List<SlowStatement> slow) {
        return new PoolPage(LAYOUT, view, settings, slow, "", "").html().toString();
    }

    @Test
    void whatNeedsAttentionComesFirst() {
        String page =
                overview(
                        List.of(
                                Views.pool("a-good-one").view(),
                                Views.pool("full-one").busy(10, 3).view(),
                                Views.pool("late-one").down("refused").view()));

        assertThat(page).contains("<h1 class=\"verdict bad\">2 of 3 pools need attention</h1>");
        String table = page.substring(page.indexOf("<tbody>"));
        assertThat(table.indexOf("late-one")).isLessThan(table.indexOf("full-one"));
        assertThat(table.indexOf("full-one")).isLessThan(table.indexOf("a-good-one"));
    }

    @Test
    void whenAllIsWellThePageSaysSoAndNoMore() {
        String page = overview(List.of(Views.pool("a").view(), Views.pool("b").view()));

        assertThat(page)
                .contains(">All 2 pools are well</h1>")
                .doesNotContain("class=\"sentences\"");
        assertThat(overview(List.of())).contains("This application has no pool.");
    }

    @Test
    void anOutageOfFiftyPoolsIsAFewSentences() {
        String page =
                overview(
                        IntStream.range(0, 50)
                                .mapToObj(i -> Views.pool("p" + i).down("refused").view())
                                .toList());

        assertThat(page).contains("50 of 50 pools need attention", "and 44 more, below");
        assertThat(page.split("<tr data-key")).hasSize(51);
    }

    @Test
    void aThousandWhoWaitTakeNoMoreRoomThanOne() {
        String one = overview(List.of(Views.pool("orders").busy(10, 1).seconds(300, 10, 1).view()));
        String crowd =
                overview(
                        List.of(Views.pool("orders").busy(10, 1000).seconds(300, 10, 1000).view()));

        assertThat(crowd).contains("1000");
        assertThat(crowd.length()).isLessThan(one.length() + 200);
    }

    @Test
    void whatOthersWroteIsTextWhereverItStands() {
        String page =
                page(
                        Views.pool("orders")
                                .down(HOSTILE)
                                .holder(HOSTILE, 3, HOSTILE, HOSTILE)
                                .view(),
                        List.of(new Setting("url", HOSTILE, HOSTILE, true)),
                        List.of(
                                new SlowStatement(
                                        HOSTILE,
                                        HOSTILE,
                                        2,
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(2),
                                        Instant.EPOCH)));

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("<script>", "\"onfocus=\"");
        assertThat(
                        new PoolPage(
                                        LAYOUT,
                                        Views.pool("orders").view(),
                                        List.of(),
                                        List.of(),
                                        HOSTILE,
                                        HOSTILE)
                                .html()
                                .toString())
                .doesNotContain("<script>");
    }

    @Test
    void nothingInAPageNeedsMoreThanItsPolicyAllows() {
        String page = page(Views.pool("orders").seconds(9, 1, 0).view(), List.of(), List.of());

        assertThat(page)
                .doesNotContain("style=", "javascript:", "http://", "https://")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void settingsThatSomebodyChangedAreNotHiddenAmongTheOthers() {
        String page =
                page(
                        Views.pool("orders").view(),
                        List.of(
                                new Setting("min-size", "0", "default", false),
                                new Setting("max-size", "20", "environment", true)),
                        List.of());

        assertThat(page.substring(0, page.indexOf("1 setting at the default")))
                .contains("max-size</code>", "environment");
    }

    @Test
    void aPoolWhoseStatementsNobodyWatchesSaysHowTo() {
        View view = Views.pool("orders").view();

        assertThat(page(view, List.of(new Setting("slow-sql", "off", "default", false)), List.of()))
                .contains("cabstand.pool.orders.slow-sql");
        assertThat(page(view, List.of(new Setting("slow-sql", "1s", "file", true)), List.of()))
                .contains("None was slow.");
    }
}
