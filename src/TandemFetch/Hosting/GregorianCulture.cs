using System.Globalization;

namespace TandemFetch.Hosting;

/// <summary>How dates and numbers are written for the user: the pump and its log use the Gregorian calendar.</summary>
internal static class GregorianCulture
{
    /// <summary>
    /// The user's culture; if its calendar is another one, such as the Persian or the Buddhist, with dates as in
    /// ISO 8601.
    /// </summary>
    public static CultureInfo Current
    {
        get
        {
            if (CultureInfo.CurrentCulture.DateTimeFormat.Calendar is GregorianCalendar)
            {
                return CultureInfo.CurrentCulture;
            }

            var culture = (CultureInfo)CultureInfo.CurrentCulture.Clone();
            culture.DateTimeFormat = (DateTimeFormatInfo)CultureInfo.InvariantCulture.DateTimeFormat.Clone();
            culture.DateTimeFormat.ShortDatePattern = "yyyy-MM-dd";
            return culture;
        }
    }
}
