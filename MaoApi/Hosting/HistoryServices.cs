using MaoApi.MarketData;
using MaoApi.MarketData.Import;
using MaoApi.MarketData.Search;
using MaoApi.Studies;

namespace MaoApi.Hosting;

/// <summary>Market history.</summary>
internal static class HistoryServices
{
    public static void Add(IServiceCollection services, HistoryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BarBlocks>();
        services.AddSingleton<RollUp>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<HistoryGaps>();
        services.AddSingleton<BarReader>();
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<TickerBook>();
        services.AddSingleton<MetastockImport>();
        services.AddSingleton<CsvImport>();
        services.AddSingleton<StoredHistory>();
        services.AddSingleton<StudyValues>();
        services.AddSingleton<StudyComputer>();
        services.AddSingleton<TickerSearch>();
    }
}
