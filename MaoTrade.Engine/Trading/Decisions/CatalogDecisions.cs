using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// A new catalogue: a running system of which there is another version gives way to it as soon as its epic is flat and no
/// order is on its way, with its state, chart and datastore.
/// </summary>
public static class CatalogDecisions
{
    public static void Take(Turn turn, CatalogInput input)
    {
        turn.Tools.Catalog = input.Catalog;
        turn.Log(LogLevel.Information, $"Systems: {string.Join(", ", input.Catalog.Names)}");
        foreach (var title in turn.Titles.All.ToArray())
        {
            SystemCalls.Call(turn, title, system => system.OnCatalog(input.Catalog));
        }

        turn.Tools.HasOutdatedTitles = true;
        Exchange(turn);
    }

    /// <summary>Exchanges what may be exchanged now.</summary>
    public static void Exchange(Turn turn)
    {
        if (!turn.Tools.HasOutdatedTitles)
        {
            return;
        }

        var outdated = turn.Titles.All.Where(title => IsOutdated(turn.Catalog, title)).ToArray();
        foreach (var title in outdated)
        {
            if (turn.State.Signals.GetValueOrDefault(title.SignalId) is not { IsLive: true } signal)
            {
                turn.Titles.Remove(title.Epic);
            }
            else if (!turn.State.Positions.ContainsKey(title.Epic) && !SessionDecisions.HasOrderOnItsWay(turn.State, signal))
            {
                SignalTitles.Exchange(turn, signal, title);
            }
        }

        turn.Tools.HasOutdatedTitles = turn.Titles.All.Any(title => IsOutdated(turn.Catalog, title));
    }

    /// <summary>A system that is no longer known goes on as it is: its file may only be on its way.</summary>
    private static bool IsOutdated(SystemCatalog catalog, Title title) => title.System.IsOutdatedBy(catalog);
}
