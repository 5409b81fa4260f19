using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>What the broker shows of the account after a connect.</summary>
/// <param name="Fills">Fills since our cursor, oldest first.</param>
/// <param name="FillCursor">Where they continue.</param>
/// <param name="Portfolio">Account and positions, asked after the fills.</param>
/// <param name="LookUps">Answers by deal reference for every order of ours that is not ended.</param>
/// <param name="OpenOrders">The broker's working orders.</param>
/// <param name="BrokerTime">The broker's clock.</param>
public sealed record BrokerSurvey(
    IReadOnlyList<Fill> Fills, string FillCursor, BrokerPortfolio Portfolio,
    ImmutableDictionary<string, LookUpAnswer> LookUps, IReadOnlyList<BrokerOrder> OpenOrders, DateTimeOffset BrokerTime);
