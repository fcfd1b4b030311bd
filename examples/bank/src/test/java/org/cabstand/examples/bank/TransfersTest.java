package org.cabstand.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.CabstandExtension;
import org.cabstand.Pool;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.PoolCheck;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transfers without a server: JTA by Narayana, and what a test commits is undone after it. */
@CabstandTest
@EnableWeld
class TransfersTest {

    @WeldSetup
    WeldInitiator weld =
            WeldInitiator.from(
                            WeldInitiator.createWeld()
                                    .beanClasses(
                                            Transfers.class,
                                            Accounts.class,
                                            Journal.class,
                                            Mishaps.class,
                                            Tables.class)
                                    .addExtensions(
                                            new CabstandExtension(), new TransactionExtension()))
                    .activate(RequestScoped.class)
                    .build();

    @Inject Transfers transfers;
    @Inject Journal journal;

    @Inject
    @Pool("bank")
    Connection db;

    PoolCheck check;

    @BeforeAll
    static void transactionsHaveAName() throws CoreEnvironmentBeanException {
        arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("bank");
        arjPropertyManager
                .getObjectStoreEnvironmentBean()
                .setObjectStoreDir("target/transaction-log");
    }

    private Map<Integer, Long> balances() throws SQLException {
        Map<Integer, Long> balances = new HashMap<>();
        try (Statement statement = db.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select id, balance from accounts where id in (1, 2)")) {
            while (rows.next()) {
                balances.put(rows.getInt("id"), rows.getLong("balance"));
            }
        }
        return balances;
    }

    @Test
    void bothAccountsChange() throws Exception {
        transfers.book(new Transfer("rent", 1, 2, 30_000));
        check.statementsAtMost(6);
        assertThat(balances()).isEqualTo(Map.of(1, 70_000L, 2, 130_000L));
        assertThat(journal.find("rent").orElseThrow().state()).isEqualTo(Entry.State.BOOKED);
    }

    @Test
    void aRefusedTransferLeavesItsAttempt() throws Exception {
        assertThatThrownBy(() -> transfers.book(new Transfer("rent", 1, 2, 200_000)))
                .isInstanceOf(TransferRefusedException.class);
        assertThat(balances()).isEqualTo(Map.of(1, 100_000L, 2, 100_000L));
        assertThat(journal.find("rent").orElseThrow().state()).isEqualTo(Entry.State.ATTEMPTED);
        check.noWarnings();
    }
}
