using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers;

/// <summary>Fills after a cursor; <paramref name="Cursor"/> continues, <paramref name="More"/> says whether to ask again.</summary>
public sealed record FillPage(IReadOnlyList<Fill> Fills, string Cursor, bool More);
