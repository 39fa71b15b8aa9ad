using PuppeteerSharp;
using TinyQuant.Tests;

namespace TinyQuant.Report.Tests.Browser;

/// <summary>One browser for all tests of a class.</summary>
public sealed class BrowserWindow : IAsyncLifetime
{
    private static readonly string s_inspect = ReadScript();
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserTheoryAttribute.Executable is { } executable)
        {
            // Root, as in a container, has no sandbox; the pages are our own.
            int patience = (int)HangGuard.Time.TotalMilliseconds;
            _browser = await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
                Timeout = patience,
                ProtocolTimeout = patience,
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    /// <summary>Opens a file at each width, in light and in dark, and lists what is wrong with it.</summary>
    public async Task<IReadOnlyList<string>> InspectAsync(string file, params int[] widths)
    {
        var problems = new List<string>();
        await using IPage page = await _browser!.NewPageAsync();
        page.DefaultTimeout = page.DefaultNavigationTimeout = (int)HangGuard.Time.TotalMilliseconds;
        page.Console += (_, e) => problems.Add($"console: {e.Message.Text}");
        page.PageError += (_, e) => problems.Add($"error: {e.Message}");
        page.Request += (_, e) =>
        {
            if (e.Request.Url is var url && !url.StartsWith("data:", StringComparison.Ordinal)
                && url != new Uri(file).AbsoluteUri)
            {
                problems.Add($"asks for {url}");
            }
        };
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        foreach (int width in widths)
        {
            await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 800 });
            foreach (string scheme in new[] { "light", "dark" })
            {
                await page.EmulateMediaFeaturesAsync([
                    new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = scheme }]);
                problems.AddRange(
                    (await page.EvaluateFunctionAsync<string[]>(s_inspect)).Select(problem =>
                        $"{width}, {scheme}: {problem}"));
            }
        }

        return problems;
    }

    private static string ReadScript()
    {
        using Stream stream = typeof(BrowserWindow).Assembly.GetManifestResourceStream("inspect.js")!;
        using var reader = new StreamReader(stream);
        return string.Concat(
            reader.ReadToEnd().Split('\n').Select(line =>
                line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? "" : line + "\n"));
    }
}
