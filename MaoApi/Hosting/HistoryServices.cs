using MaoApi.MarketData;
using MaoApi.Studies;

namespace MaoApi.Hosting;

/// <summary>Market history.</summary>
internal static class HistoryServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<StoredHistory>();
        services.AddSingleton<StudyValues>();
        services.AddSingleton<StudyComputer>();
        services.AddSingleton<TickerSearch>();
    }
}
