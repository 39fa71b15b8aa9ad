using TinyQuant.Report.Markup;
using TinyQuant.Report.Sections;

namespace TinyQuant.Report.Pages;

/// <summary>
/// A model's page: HTML that needs nothing but itself. The same model and measurements give the same text.
/// </summary>
public static class ModelPage
{
    /// <summary>The whole page.</summary>
    public static string Write(ReportedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return PageFrame.Write($"{model.Title}: TinyQuant report", Html.Of($"""
            <header>
            <h1>{model.Title}</h1>
            <p class="quiet">TinyQuant report of <span class="name">{model.File}</span></p>
            </header>
            {SummarySection.Write(model)}{GraphSection.Write(model)}{LayerSection.Write(model)}{ArenaSection.Write(model)}{TwinSection.Write(model)}{ConfusionSection.Write(model)}
            """));
    }
}
