using System.Text;

namespace TinyQuant.Data;

/// <summary>
/// Opens a text file: UTF-8, or UTF-16 and UTF-32 with a byte order mark. What is no text throws as it is read.
/// </summary>
internal static class CsvText
{
    /// <param name="path">The file.</param>
    /// <param name="blankLines">Empty lines at its start, which are passed over: separators are found in the first
    /// line.</param>
    public static StreamReader Open(string path, out int blankLines)
    {
        var reader = new StreamReader(
            path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        try
        {
            blankLines = 0;
            while (reader.Peek() is '\r' or '\n')
            {
                int end = reader.Read();
                if (end == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                }

                blankLines++;
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
