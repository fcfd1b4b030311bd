package org.cabstand.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Work in a transaction that the EJB container manages. */
@Stateless
public class EjbTransactions {

    @Resource SessionContext context;

    /**
     * In a transaction, by default.
     *
     * @param step what is done
     * @throws Exception what it throws
     */
    public void required(Transactions.Step step) throws Exception {
        step.run();
    }

    /**
     * In a transaction of its own.
     *
     * @param step what is done
     * @throws Exception what it throws
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void requiresNew(Transactions.Step step) throws Exception {
        step.run();
    }

    /**
     * In a transaction that is given up quietly.
     *
     * @param step what is done
     * @throws Exception what it throws
     */
    public void rolledBack(Transactions.Step step) throws Exception {
        step.run();
        context.setRollbackOnly();
    }
}
