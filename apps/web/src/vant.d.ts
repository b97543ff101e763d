/** Types of the Vant parts that templates may name; vite.config.ts imports each with its style where it is used. */
import type * as vant from 'vant'

declare module 'vue' {
  interface GlobalComponents {
    VanActionBar: typeof vant.ActionBar
    VanActionBarButton: typeof vant.ActionBarButton
    VanActionSheet: typeof vant.ActionSheet
    VanBadge: typeof vant.Badge
    VanButton: typeof vant.Button
    VanCalendar: typeof vant.Calendar
    VanCell: typeof vant.Cell
    VanCellGroup: typeof vant.CellGroup
    VanCheckbox: typeof vant.Checkbox
    VanCheckboxGroup: typeof vant.CheckboxGroup
    VanCollapse: typeof vant.Collapse
    VanCollapseItem: typeof vant.CollapseItem
    VanCountDown: typeof vant.CountDown
    VanDatePicker: typeof vant.DatePicker
    VanDialog: typeof vant.Dialog
    VanDivider: typeof vant.Divider
    VanDropdownItem: typeof vant.DropdownItem
    VanDropdownMenu: typeof vant.DropdownMenu
    VanField: typeof vant.Field
    VanForm: typeof vant.Form
    VanImage: typeof vant.Image
    VanList: typeof vant.List
    VanLoading: typeof vant.Loading
    VanNavBar: typeof vant.NavBar
    VanNoticeBar: typeof vant.NoticeBar
    VanPicker: typeof vant.Picker
    VanPickerGroup: typeof vant.PickerGroup
    VanPopup: typeof vant.Popup
    VanPullRefresh: typeof vant.PullRefresh
    VanRadio: typeof vant.Radio
    VanRadioGroup: typeof vant.RadioGroup
    VanRate: typeof vant.Rate
    VanSearch: typeof vant.Search
    VanShareSheet: typeof vant.ShareSheet
    VanSkeleton: typeof vant.Skeleton
    VanSlider: typeof vant.Slider
    VanStep: typeof vant.Step
    VanStepper: typeof vant.Stepper
    VanSteps: typeof vant.Steps
    VanSticky: typeof vant.Sticky
    VanSwipeCell: typeof vant.SwipeCell
    VanSwitch: typeof vant.Switch
    VanTab: typeof vant.Tab
    VanTabs: typeof vant.Tabs
    VanTabbar: typeof vant.Tabbar
    VanTabbarItem: typeof vant.TabbarItem
    VanTag: typeof vant.Tag
    VanTimePicker: typeof vant.TimePicker
    VanUploader: typeof vant.Uploader
  }
}
