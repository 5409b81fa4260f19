using System.Security.Cryptography;
using MaoApi.Http;
using MaoApi.Limits;
using MaoTrade.Market.Charts.Reports;

namespace MaoApi.Reports;

/// <summary>
/// A report drawn here. Drawing takes a turn at the processors and is done whole before anything is sent: a chart has a bounded number of
/// shapes whatever it shows, so its file is small.
/// </summary>
internal sealed class DrawnReport(Report report, ReportFormat format, string name, CpuGate gate) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var file = new MemoryStream();
        using (var turn = await gate.EnterAsync(httpContext.RequestAborted))
        {
            if (turn is null)
            {
                await Failure.Of(ApiCodes.TooManyInFlight).ExecuteAsync(httpContext);
                return;
            }

            ReportFile.Write(report, format, file);
        }

        var bytes = file.GetBuffer().AsMemory(0, (int)file.Length);
        if (!ReportHeaders.Set(httpContext, format, name, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))))
        {
            httpContext.Response.ContentLength = bytes.Length;
            await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
