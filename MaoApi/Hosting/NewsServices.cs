using MaoApi.News;

namespace MaoApi.Hosting;

/// <summary>News.</summary>
internal static class NewsServices
{
    public static void Add(IServiceCollection services, NewsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<FeedSource>();
        services.AddSingleton<NewsStore>();
    }
}
