namespace MaoApi.Hosting;

internal static class MainJob
{
    public static async Task<int> RunAsync(GatewayOptions options)
    {
        using var folder = DataFolder.Open(options.DataDir);
        await using var app = GatewayApplication.Build(options, folder);
        await app.RunAsync();
        return 0;
    }
}
